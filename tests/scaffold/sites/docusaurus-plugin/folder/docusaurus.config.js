// @ts-check
const config = {
  title: 'Chandlery',
  url: 'https://chandlery.example.net',
  baseUrl: '/',
  trailingSlash: true,
  i18n: { defaultLocale: 'en', locales: ['en'] },
  presets: [['classic', { docs: { sidebarPath: './sidebars.js' }, blog: false }]],
  plugins: [
    [
      '@docusaurus/plugin-content-blog',
      {
        id: 'notes',
        routeBasePath: 'notes',
        path: './notes',
        feedOptions: { type: 'all' },
      },
    ],
  ],
};
export default config;
