import { paths } from '../app/paths.ts';
import { basePath } from '../app/workspace.ts';

/** Where the language of filters is explained, to be opened beside what one is writing. */
export const helpAddress = `${basePath}${paths.expressionHelp}`;
