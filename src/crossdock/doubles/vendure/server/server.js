// A Vendure with what a shop needs to take orders: run by server.py beside it, from the folder of its packages.
// Environment: VENDURE_PORT, VENDURE_DATABASE (a SQLite file), VENDURE_USER, VENDURE_PASSWORD.
'use strict';

const { createRequire } = require('node:module');
const path = require('node:path');

const load = createRequire(path.join(process.cwd(), 'package.json'));
const { bootstrap, defaultConfig, dummyPaymentHandler, DefaultLogger, LogLevel } = load('@vendure/core');
const { existsSync } = require('node:fs');

const database = process.env.VENDURE_DATABASE;

bootstrap({
    apiOptions: {
        port: Number(process.env.VENDURE_PORT),
        hostname: '127.0.0.1',
        adminApiPath: 'admin-api',
        shopApiPath: 'shop-api',
        adminListQueryLimit: 1000,
    },
    authOptions: {
        tokenMethod: ['bearer', 'api-key'],
        superadminCredentials: {
            identifier: process.env.VENDURE_USER,
            password: process.env.VENDURE_PASSWORD,
        },
    },
    dbConnectionOptions: {
        type: 'better-sqlite3',
        driver: load('better-sqlite3'),
        database,
        synchronize: !existsSync(database),
        logging: false,
    },
    logger: new DefaultLogger({ level: LogLevel.Error }),
    paymentOptions: { paymentMethodHandlers: [dummyPaymentHandler] },
}).catch(error => {
    console.error(error);
    process.exit(1);
});
