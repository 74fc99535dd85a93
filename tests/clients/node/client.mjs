// The Node client: grpc-js with the contract read at run time, offsets in UTF-16 code units.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import grpc from "@grpc/grpc-js";
import { loadSync } from "@grpc/proto-loader";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const texts = JSON.parse(readFileSync(here("../texts.json"), "utf8"));
const definition = loadSync("copydesk/v1/structuring_service.proto", {
  includeDirs: [here("../../../proto")],
  enums: String,
  defaults: true,
});
const { StructuringService } = grpc.loadPackageDefinition(definition).copydesk.v1;

function serve() {
  const flags = ["serve", "--listen", "127.0.0.1:0", "--admin-listen", "127.0.0.1:0", "--lame-duck", "0s"];
  const child = spawn(process.env.BIN, flags, { stdio: ["ignore", "pipe", "ignore"] });
  return new Promise((resolve, reject) => {
    let printed = "";
    child.stdout.on("data", (chunk) => {
      printed += chunk;
      const address = /^grpc (\S+)$/m.exec(printed)?.[1];
      if (address) resolve({ child, address });
    });
    child.on("exit", () => reject(new Error("the server ended")));
  });
}

const unary = (client, method, request) =>
  new Promise((resolve, reject) => client[method](request, (error, answer) => (error ? reject(error) : resolve(answer))));

// Every Text below a message: a span with its words.
function* textsOf(message) {
  if (message === null || typeof message !== "object") return;
  if ("span" in message && "content" in message) yield message;
  else for (const part of Object.values(message)) yield* textsOf(part);
}

const tests = {
  async "a span in UTF-16 units cuts its words out of a string"(client) {
    for (const text of texts) {
      const options = { offsetUnit: "OFFSET_UNIT_UTF16_CODE_UNIT" };
      const answer = await unary(client, "structureArticle", { article: { text }, options });
      assert.equal(answer.offsetUnit, "OFFSET_UNIT_UTF16_CODE_UNIT");
      const found = [...textsOf(answer.document)].filter((t) => t.content !== "");
      assert.ok(found.length > 0);
      for (const { span, content } of found) assert.equal(text.slice(span.start, span.end), content);
    }
  },
  async "a refusal has its code and its details"(client) {
    const error = await unary(client, "structureArticle", { article: { text: "" } }).catch((e) => e);
    assert.equal(error.code, grpc.status.INVALID_ARGUMENT);
    const [details] = error.metadata.get("grpc-status-details-bin");
    assert.ok(details.includes("TEXT_EMPTY"));
  },
  async "a deadline is said as such"(client) {
    const deadline = new Date(Date.now() + 1);
    const text = "Nobody sails. ".repeat(70_000);
    const error = await new Promise((resolve) =>
      client.structureArticle({ article: { text } }, { deadline }, (e) => resolve(e)),
    );
    assert.equal(error?.code, grpc.status.DEADLINE_EXCEEDED);
  },
  async "a stream answers in order"(client) {
    const stream = client.streamStructureArticles();
    const ids = [];
    stream.on("data", (answer) => ids.push(answer.id));
    const ended = new Promise((resolve, reject) => stream.on("end", resolve).on("error", reject));
    for (let i = 0; i < 50; i++) stream.write({ article: { id: String(i), article: { text: texts[i % texts.length] } } });
    stream.end();
    await ended;
    assert.deepEqual(ids, [...Array(50).keys()].map(String));
  },
};

const { child, address } = await serve();
const client = new StructuringService(address, grpc.credentials.createInsecure());
let failed = 0;
for (const [name, test] of Object.entries(tests)) {
  try {
    await test(client);
  } catch (error) {
    failed += 1;
    console.log(`  FAILED ${name}: ${error.message}`);
  }
}
client.close();
child.removeAllListeners("exit");
child.kill("SIGTERM");
console.log(`clients: node ${Object.keys(tests).length - failed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
