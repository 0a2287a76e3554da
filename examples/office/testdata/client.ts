// A small tool of another office, in another language, over the client that
// was generated from the description alone.
import { ApiError, DefaultService, OpenAPI } from "./generated";

const org = process.env.BRIDGE_ORG!;
OpenAPI.BASE = process.env.BRIDGE_URL!;
OpenAPI.TOKEN = process.env.BRIDGE_TOKEN!;

async function main() {
  const series = await DefaultService.openSeries(org, {
    key: { organ: org, scope: "nk-2025-2030", name: "TB" },
    issuer: "TU",
    days: { first: "2025-09-24" },
  });
  const notice = { series: series.id, kind: "thong-bao", day: "2026-11-20", abstract: "kết luận giao ban" };
  // Sent twice, as after a cut connection.
  await DefaultService.issue(org, "tb-1", notice);
  const entry = await DefaultService.issue(org, "tb-1", notice);
  console.log(entry.number);
  try {
    await DefaultService.issue(org, "tb-1", { ...notice, abstract: "khác" });
  } catch (e) {
    console.log((e as ApiError).body.type);
  }
  const changes = await DefaultService.listChanges(org);
  console.log(changes.items.length, changes.cursor);
}

main().catch((e) => {
  console.error(e, e.body);
  process.exit(1);
});
