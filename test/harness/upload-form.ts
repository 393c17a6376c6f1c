/** A file of a form. */
export interface FormFile {
  readonly name: string;
  readonly bytes: Buffer | string;
}

/** A form with texts and files, as browsers and curl send it: the texts first, each as often as it is given. */
export function uploadForm(
  fields: readonly (readonly [name: string, value: string])[],
  files: readonly FormFile[],
): { readonly body: Buffer; readonly headers: Record<string, string> } {
  const boundary = '----rapport';
  const head = (disposition: string): string =>
    `--${boundary}\r\ncontent-disposition: form-data; ${disposition}\r\n`;
  const body = Buffer.concat([
    ...fields.map(([name, value]) => Buffer.from(`${head(`name="${name}"`)}\r\n${value}\r\n`)),
    ...files.flatMap(({ name, bytes }) => [
      Buffer.from(`${head(`name="file"; filename="${name}"`)}content-type: application/octet-stream\r\n\r\n`),
      Buffer.from(bytes as string),
      Buffer.from('\r\n'),
    ]),
    Buffer.from(`--${boundary}--\r\n`),
  ]);
  return { body, headers: { 'content-type': `multipart/form-data; boundary=${boundary}` } };
}
