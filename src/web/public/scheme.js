// Runs before the first paint, so that a person who chose dark never sees a white flash.
(() => {
  let chosen = 'auto';
  try {
    chosen = localStorage.getItem('rapport-color-scheme') ?? 'auto';
  } catch {
    // A browser that forbids storage shows the scheme of its system.
  }
  const dark = chosen === 'dark' || (chosen === 'auto' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light');
})();
