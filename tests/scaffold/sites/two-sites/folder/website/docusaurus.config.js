module.exports = { title: 'Website', url: 'https://pier.example.org', presets: [['classic', { blog: {} }]] };
