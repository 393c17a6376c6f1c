import { useRef } from 'react';

const longEnough = 450;
const slip = 10;

/** Handlers by which a finger that rests on a thing calls `then` with its id; the tap that would follow is dropped. */
export function useLongPress(then: (id: string) => void) {
  const held = useRef<{ timer: number; x: number; y: number } | null>(null);
  const hasFired = useRef(false);

  function stop(): void {
    if (held.current) window.clearTimeout(held.current.timer);
    held.current = null;
  }

  return (id: string) => ({
    onPointerDown: (event: React.PointerEvent) => {
      hasFired.current = false;
      if (event.pointerType !== 'touch') return;
      const timer = window.setTimeout(() => {
        held.current = null;
        hasFired.current = true;
        then(id);
      }, longEnough);
      held.current = { timer, x: event.clientX, y: event.clientY };
    },
    onPointerMove: ({ clientX, clientY }: React.PointerEvent) => {
      const start = held.current;
      if (start && Math.hypot(clientX - start.x, clientY - start.y) > slip) stop();
    },
    onPointerUp: stop,
    onPointerCancel: stop,
    onContextMenu: (event: React.MouseEvent) => {
      if (held.current || hasFired.current) event.preventDefault();
    },
    onClickCapture: (event: React.MouseEvent) => {
      if (!hasFired.current) return;
      hasFired.current = false;
      event.preventDefault();
      event.stopPropagation();
    },
  });
}
