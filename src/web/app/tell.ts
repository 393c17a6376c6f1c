import { notifications } from '@mantine/notifications';
import { Unreachable } from '../../web-kit/api/problem.ts';
import { i18n } from '../i18n/i18n.ts';

const closeButtonProps = () => ({ 'aria-label': i18n.t('common.close') });

/** Says in a corner that something went well. */
export function tell(message: string): void {
  notifications.show({ color: 'moss', message, closeButtonProps: closeButtonProps() });
}

/** Says in a corner why something didn't happen; it stays longer. A lost connection has its own banner. */
export function tellFailure(error: Error): void {
  const message = error instanceof Unreachable ? i18n.t('connection.title') : error.message;
  notifications.show({ color: 'brick', message, autoClose: 10_000, closeButtonProps: closeButtonProps() });
}
