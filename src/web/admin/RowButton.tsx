import { Button } from '@mantine/core';

/** What can be done to a row of a list of the set-up. */
export function RowButton({ words, onClick }: { readonly words: string; readonly onClick: () => void }) {
  return (
    <Button size="xs" variant="subtle" color="gray" onClick={onClick}>
      {words}
    </Button>
  );
}
