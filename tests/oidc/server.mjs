// The issuer of the tests, the real oauth2-mock-server: prints its address, then answers one JSON line for each it reads.
//   {"token": {claims}, "kid": ...}   a signed token
//   {"person": {claims}}              whoever signs in from now on has these claims
//   {"rotate": true}                  a new key; tokens are signed with it from now on
//   {"stop": true} {"start": PORT}    away, and back

import { createRequire } from "node:module";
import { createInterface } from "node:readline";

const require = createRequire(new URL("../../clients/package.json", import.meta.url));
const { OAuth2Server } = require("oauth2-mock-server");

const server = new OAuth2Server();
let key = await server.issuer.keys.generate("RS256");
await server.start(0, "127.0.0.1");
const { port } = server.address();
server.issuer.url = `http://127.0.0.1:${port}`;
let person = {};
server.service.on("beforeTokenSigning", (token) => Object.assign(token.payload, person));
const say = (what) => console.log(JSON.stringify(what));
say({ issuer: server.issuer.url, port });

for await (const line of createInterface({ input: process.stdin })) {
  const asked = JSON.parse(line);
  if (asked.token) {
    const token = await server.issuer.buildToken({
      kid: key.kid,
      scopesOrTransform: (_, payload) => Object.assign(payload, asked.token),
    });
    say({ token });
  } else if (asked.person) {
    person = asked.person;
    say({});
  } else if (asked.rotate) {
    key = await server.issuer.keys.generate("RS256");
    say({ kid: key.kid });
  } else if (asked.stop) {
    await server.stop();
    say({});
  } else if (asked.start) {
    await server.start(asked.start, "127.0.0.1");
    server.issuer.url = `http://127.0.0.1:${asked.start}`;
    say({});
  }
}
