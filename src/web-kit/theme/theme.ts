import { type CSSVariablesResolver, createTheme, rem } from '@mantine/core';
import { colors } from './colors.ts';

const font =
  '"Clear Sans", ui-sans-serif, system-ui, "Segoe UI Variable Text", "Segoe UI", Roboto, "Helvetica Neue", "Liberation Sans", sans-serif';

/** How every piece of Mantine looks here: type, colour, spacing, corners. Nothing of its default look remains. */
export const theme = createTheme({
  colors,
  primaryColor: 'pine',
  primaryShade: { light: 7, dark: 6 },
  white: '#ffffff',
  black: '#1a2422',
  fontFamily: font,
  fontFamilyMonospace:
    'ui-monospace, "SF Mono", "Cascadia Code", Menlo, Consolas, "Liberation Mono", monospace',
  fontSizes: { xs: rem(12.5), sm: rem(14), md: rem(15), lg: rem(17), xl: rem(20) },
  lineHeights: { xs: '1.4', sm: '1.45', md: '1.5', lg: '1.5', xl: '1.4' },
  headings: {
    fontFamily: font,
    fontWeight: '700',
    sizes: {
      h1: { fontSize: rem(22), lineHeight: '1.25' },
      h2: { fontSize: rem(18), lineHeight: '1.3' },
      h3: { fontSize: rem(15.5), lineHeight: '1.35' },
      h4: { fontSize: rem(14), lineHeight: '1.4' },
    },
  },
  spacing: { xs: rem(8), sm: rem(12), md: rem(16), lg: rem(24), xl: rem(36) },
  radius: { xs: rem(4), sm: rem(6), md: rem(7), lg: rem(10), xl: rem(14) },
  defaultRadius: 'md',
  cursorType: 'pointer',
  focusClassName: 'r-focus',
  respectReducedMotion: true,
  shadows: {
    xs: '0 1px 2px rgb(20 30 26 / 6%)',
    sm: '0 1px 2px rgb(20 30 26 / 6%), 0 2px 6px rgb(20 30 26 / 5%)',
    md: '0 2px 4px rgb(20 30 26 / 5%), 0 8px 24px rgb(20 30 26 / 10%)',
    lg: '0 4px 8px rgb(20 30 26 / 5%), 0 16px 40px rgb(20 30 26 / 14%)',
    xl: '0 8px 16px rgb(20 30 26 / 6%), 0 28px 64px rgb(20 30 26 / 20%)',
  },
  // Plain objects rather than `Button.extend(…)`: the theme must not pull every component into the first view.
  components: {
    ActionIcon: { defaultProps: { variant: 'subtle', color: 'gray', size: 'md' } },
    Badge: { defaultProps: { radius: 'xs', tt: 'none', fw: 500, variant: 'light' } },
    Button: { defaultProps: { size: 'sm', fw: 500 } },
    Checkbox: { defaultProps: { radius: 'xs', size: 'sm' } },
    Drawer: {
      defaultProps: { overlayProps: { backgroundOpacity: 0.35 } },
      styles: { title: { fontSize: 17, fontWeight: 700 } },
    },
    InputWrapper: {
      styles: {
        label: { marginBottom: 5, fontWeight: 500 },
        description: { marginBlock: 5, lineHeight: 1.4 },
      },
    },
    Loader: { defaultProps: { type: 'dots', size: 'sm' } },
    Menu: { defaultProps: { shadow: 'md', radius: 'md', offset: 6, withInitialFocusPlaceholder: false } },
    Modal: {
      defaultProps: { radius: 'lg', centered: true, overlayProps: { backgroundOpacity: 0.35 } },
      styles: { title: { fontSize: 17, fontWeight: 700 } },
    },
    MultiSelect: {
      // The list of choices scrolls itself, so that it is the listbox that assistive technology sees.
      defaultProps: { withScrollArea: false, maxDropdownHeight: 264 },
      styles: { options: { maxHeight: 264, overflowY: 'auto' } },
    },
    NavLink: { defaultProps: { variant: 'subtle' } },
    Popover: { defaultProps: { shadow: 'md', radius: 'md', offset: 6 } },
    SegmentedControl: { defaultProps: { size: 'xs', radius: 'md', withItemsBorders: false } },
    Select: {
      // The list of choices scrolls itself, so that it is the listbox that assistive technology sees.
      defaultProps: { withScrollArea: false, maxDropdownHeight: 264 },
      styles: { options: { maxHeight: 264, overflowY: 'auto' } },
    },
    Skeleton: { defaultProps: { radius: 'xs' } },
    Switch: { defaultProps: { size: 'sm' } },
    Tabs: { defaultProps: { keepMounted: false } },
    Tooltip: {
      defaultProps: {
        openDelay: 350,
        radius: 'sm',
        fz: 'xs',
        events: { hover: true, focus: true, touch: false },
      },
    },
  },
});

/** Gives Mantine's own variables the meaning of ours (`tokens.css`), in both schemes. */
export const cssVariables: CSSVariablesResolver = () => {
  const shared = {
    '--mantine-color-body': 'var(--r-sheet)',
    '--mantine-color-text': 'var(--r-ink)',
    '--mantine-color-dimmed': 'var(--r-ink-3)',
    '--mantine-color-placeholder': 'var(--r-ink-3)',
    '--mantine-color-anchor': 'var(--r-link)',
    '--mantine-color-error': 'var(--r-danger)',
    '--mantine-color-default': 'var(--r-raised)',
    '--mantine-color-default-hover': 'var(--r-hover)',
    '--mantine-color-default-color': 'var(--r-ink)',
    '--mantine-color-default-border': 'var(--r-line-strong)',
    '--mantine-color-disabled': 'var(--r-sunken)',
    '--mantine-color-disabled-color': 'var(--r-ink-3)',
    '--mantine-color-disabled-border': 'var(--r-line)',
    '--mantine-color-gray-light-color': 'var(--r-ink-2)',
    '--mantine-color-gray-outline': 'var(--r-ink-2)',
    '--mantine-color-gray-text': 'var(--r-ink-2)',
  };
  return {
    variables: {},
    light: shared,
    dark: {
      ...shared,
      '--mantine-color-pine-light-color': 'var(--mantine-color-pine-3)',
      '--mantine-color-brick-light-color': 'var(--mantine-color-brick-3)',
      '--mantine-color-copper-light-color': 'var(--mantine-color-copper-3)',
      '--mantine-color-moss-light-color': 'var(--mantine-color-moss-3)',
      '--mantine-color-amber-light-color': 'var(--mantine-color-amber-3)',
    },
  };
};
