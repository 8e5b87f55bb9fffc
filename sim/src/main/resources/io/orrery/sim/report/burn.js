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
    this.statesSeen = Number(c.text());
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
    this.states = c.plain(n);
    this.freshStates = c.plain(n);
    this.failure = c.texts(n);
    this.faults = faults.map((name) => new Trait(name, c.bits(n))).sort((a, b) => b.seeds - a.seeds || (a.name < b.name ? -1 : 1));
    this.marks = marks.map((name) => new Trait(name, c.bits(n))).sort((a, b) => (a.name < b.name ? -1 : 1));
    this.countCoverage();
    this.rankBy('coverage');
  }

  /** How many situations each seed reached. */
  countCoverage() {
    this.coverage = new Float64Array(this.count);
    for (const mark of this.marks) {
      for (let i = 0; i < this.count; i++) {
        this.coverage[i] += mark.has(i) ? 1 : 0;
      }
    }
    this.least = this.coverage.reduce((a, b) => Math.min(a, b), this.marks.length);
    this.most = this.coverage.reduce((a, b) => Math.max(a, b), 0);
  }

  /** Each seed's place among all seeds by one of its measures, 0 to 1; equals share the middle of their places. */
  rankBy(name) {
    const values = this[name];
    const order = Uint32Array.from(values, (_, i) => i).sort((a, b) => values[a] - values[b]);
    const rank = new Float32Array(this.count);
    for (let from = 0, until = 0; from < this.count; from = until) {
      while (until < this.count && values[order[until]] === values[order[from]]) {
        until++;
      }
      for (let k = from; k < until; k++) {
        rank[order[k]] = (from + until) / (2 * this.count);
      }
    }
    this.rank = rank;
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
