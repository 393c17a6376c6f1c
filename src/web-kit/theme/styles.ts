import './layers.css';
import '@fontsource/clear-sans/400.css';
import '@fontsource/clear-sans/500.css';
import '@fontsource/clear-sans/700.css';
import '@mantine/core/styles.layer.css';
import '@mantine/notifications/styles.layer.css';
import './tokens.css';
import './base.css';
