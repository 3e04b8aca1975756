import { stopServer } from './server.js';

export default stopServer;
