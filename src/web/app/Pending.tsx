import { Center, Loader } from '@mantine/core';

/** Shown while a screen is being fetched for longer than a blink. */
export function Pending() {
  return (
    <Center h="100%" mih={240}>
      <Loader />
    </Center>
  );
}
