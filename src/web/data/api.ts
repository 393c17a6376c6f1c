import { createApi } from '../../web-kit/api/client.ts';
import { basePath } from '../app/workspace.ts';
import { i18n } from '../i18n/i18n.ts';

/** The API of this page's workspace, signed in by its cookie. */
export const api = createApi(`${basePath}/api/v1`, () => i18n.language);
