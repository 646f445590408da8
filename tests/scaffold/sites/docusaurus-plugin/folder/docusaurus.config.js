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
        authorsMapPath: 'people.yml',
      },
    ],
    ['@docusaurus/plugin-content-blog', { id: 'sales', exclude: ['**/x.md'], path: './sales' }],
    ['@docusaurus/plugin-content-docs', { id: 'docs', path: './docs' }],
  ],
};
export default config;
