import { openRapport } from './app/rapport.ts';
import { serve } from './boot/serve.ts';

process.exit(await serve(openRapport));
