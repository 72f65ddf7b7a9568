import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** The console serves what this builds; nothing of it may come from another address. */
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [react()],
  build: {
    assetsDir: 'assets',
    // A `data:` address would need a wider Content-Security-Policy for fonts and pictures.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // The styles use light-dark(): browsers of 2024 and later.
    target: ['chrome123', 'firefox121', 'safari17.5'],
    emptyOutDir: true,
    reportCompressedSize: false,
    chunkSizeWarningLimit: 900,
  },
});
