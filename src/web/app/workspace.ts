const place = /^\/w\/([^/]+)/.exec(window.location.pathname);

/** The workspace this page belongs to, from its address `/w/<workspace>/…`. */
export const workspace = place?.[1] ?? 'main';

/** The path below which every page of this workspace stands. */
export const basePath = `/w/${workspace}`;

/** False where the address names no workspace (`/`): whoever comes is asked which one. */
export const hasWorkspace = place !== null;
