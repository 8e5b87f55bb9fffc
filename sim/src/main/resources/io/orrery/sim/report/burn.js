// What the page knows of a burn: its seeds, and which faults and situations went together.

const VERDICTS = ['ok', 'safety', 'halt', 'liveness'];
const OUTCOME_ORDER = { safety: 0, halt: 1, liveness: 2, ok: 3 };

/** How many bits are set in each byte. */
const ONES = Uint8Array.from({ length: 256 }, (_, byte) => {
  let ones = 0;
  for (let rest = byte; rest > 0; rest >>= 1) {
    ones += rest & 1;
  }
  return ones;
});

/** A kind of fault, or a situation, with the seeds that had it. */
class Trait {
  constructor(name, bits) {
    this.name = name;
    this.bits = bits;
    this.seeds = bits.reduce((sum, byte) => sum + ONES[byte], 0);
  }

  has(i) {
    return ((this.bits[i >> 3] >> (i & 7)) & 1) === 1;
  }

  /** In how many seeds both were. */
  with(other) {
    let both = 0;
    for (let k = 0; k < this.bits.length; k++) {
      both += ONES[this.bits[k] & other.bits[k]];
    }
    return both;
  }
}

class Burn {
  constructor(c) {
    const version = c.count();
    if (version !== 2) {
      throw new Error('this page cannot read data of version ' + version);
    }
    this.replay = c.text();
    this.report = c.text();
    this.seeds = Number(c.text());
    this.failed = Number(c.text());
    this.events = Number(c.text());
    this.nanos = Number(c.text());
    const names = () => Array.from({ length: c.count() }, () => c.text());
    this.workloads = names();
    const faults = names();
    const marks = names();
    const n = c.count();
    this.count = n;
    this.seed = c.deltas(n);
    this.verdict = Array.from(c.plain(n), (number) => VERDICTS[number]);
    this.workload = Array.from(c.plain(n), (number) => this.workloads[number]);
    this.nodes = c.plain(n);
    this.cellEvents = c.plain(n);
    this.millis = c.plain(n);
    this.failure = c.texts(n);
    this.faults = faults.map((name) => new Trait(name, c.bits(n))).sort((a, b) => b.seeds - a.seeds || (a.name < b.name ? -1 : 1));
    this.marks = marks.map((name) => new Trait(name, c.bits(n))).sort((a, b) => (a.name < b.name ? -1 : 1));
    this.rankCoverage();
  }

  /** How many situations each seed reached, and its place among all seeds by that, 0 to 1. */
  rankCoverage() {
    const n = this.count;
    this.coverage = new Uint16Array(n);
    for (const mark of this.marks) {
      for (let i = 0; i < n; i++) {
        this.coverage[i] += mark.has(i) ? 1 : 0;
      }
    }
    const seedsWith = new Uint32Array(this.marks.length + 2);
    this.coverage.forEach((coverage) => seedsWith[coverage + 1]++);
    this.least = Math.max(0, seedsWith.findIndex((seeds) => seeds > 0) - 1);
    this.most = this.coverage.reduce((a, b) => Math.max(a, b), 0);
    for (let k = 1; k < seedsWith.length; k++) {
      seedsWith[k] += seedsWith[k - 1];
    }
    // The middle of all seeds that reached as many.
    this.rank = Float32Array.from(this.coverage, (coverage) => (n < 2 ? 0.5 : (seedsWith[coverage] + seedsWith[coverage + 1]) / (2 * n)));
  }

  /** The seeds of each workload: what some of them cannot meet or reach must not be laid to a fault. */
  strata() {
    if (!this.byWorkload) {
      this.byWorkload = this.workloads.map((name) => {
        const bits = new Uint8Array(Math.ceil(this.count / 8));
        this.workload.forEach((workload, i) => (bits[i >> 3] |= workload === name ? 1 << (i & 7) : 0));
        return new Trait(name, bits);
      });
    }
    return this.byWorkload;
  }

  /**
   * How often a situation was reached in seeds with a fault and in those without, and how much more often among seeds of
   * one workload (the difference of Mantel and Haenszel); null where no workload has both kinds of seeds. Its weight is 1
   * from three standard errors on, as chance would seldom have it.
   */
  shares(fault, mark) {
    const both = fault.with(mark);
    let weights = 0;
    let more = 0;
    let variance = 0;
    for (const stratum of this.strata()) {
      const n = stratum.seeds;
      const having = count3(stratum.bits, fault.bits);
      const lacking = n - having;
      if (having === 0 || lacking === 0) {
        continue;
      }
      const reached = count3(stratum.bits, mark.bits);
      const reachedWith = count3(stratum.bits, mark.bits, fault.bits);
      const weight = (having * lacking) / n;
      weights += weight;
      more += weight * (reachedWith / having - (reached - reachedWith) / lacking);
      variance += (weight * reached * (n - reached)) / (n * n);
    }
    more = weights === 0 ? null : more / weights;
    const error = Math.sqrt(variance) / weights;
    return { both, more, weight: more === null || error === 0 ? 0 : Math.min(1, Math.abs(more) / error / 3) };
  }
}

/** How many seeds are in all of these. */
function count3(a, b, c) {
  let count = 0;
  for (let k = 0; k < a.length; k++) {
    count += ONES[c === undefined ? a[k] & b[k] : a[k] & b[k] & c[k]];
  }
  return count;
}
