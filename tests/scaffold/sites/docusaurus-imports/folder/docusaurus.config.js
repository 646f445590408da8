module.exports = {
  title: 'Logs of the quay',
  url: 'https://quay-logs.example.net',
  baseUrl: '/',
  presets: require('./config/presets'),
};
