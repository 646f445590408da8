module.exports = [['classic', { docs: { path: 'wiki' }, blog: { routeBasePath: 'logs', path: 'logs', blogTitle: 'Logs' } }]];
