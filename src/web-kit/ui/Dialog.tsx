import { Modal, type ModalProps } from '@mantine/core';
import { useEffect, useState } from 'react';

/** A dialog that is there as long as it is rendered; when it goes, the focus is back where it was. */
export function Dialog(props: Omit<ModalProps, 'opened'>) {
  const [opener] = useState(focused);
  useEffect(
    () => () => {
      // Whatever took the focus on purpose meanwhile keeps it.
      requestAnimationFrame(() => {
        if (document.activeElement === document.body) opener?.focus();
      });
    },
    [opener],
  );
  return <Modal opened returnFocus={false} {...props} />;
}

/** What has the focus; of a menu, which closes, the button that opened it. */
function focused(): HTMLElement | null {
  const element = document.activeElement;
  const menu = element?.closest('[role="menu"]');
  const button = menu ? document.getElementById(menu.getAttribute('aria-labelledby') ?? '') : element;
  return button instanceof HTMLElement ? button : null;
}
