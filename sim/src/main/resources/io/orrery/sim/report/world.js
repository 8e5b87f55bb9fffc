// What the world did: faults with what their words name; operations are many and stand apart.

class World {
  constructor(model) {
    this.model = model;
    const { lines, first, nodes } = model;
    this.faults = [];
    this.operations = [];
    for (let i = 0; i < lines.count; i++) {
      if (lines.node[i] !== WORLD || lines.what[i] === 'failure') {
        continue;
      }
      const entry = { t: lines.t[i], e: lines.event[i] - first + 0.5, what: lines.what[i], text: lines.why[i] || lines.what[i] };
      if (lines.what[i] === 'operation') {
        this.operations.push(entry);
        continue;
      }
      entry.isClock = /^clock /.test(entry.text);
      entry.isCalm = /^(calm|heal|restart|mend)/.test(entry.text) || /healthy|mend$/.test(entry.text);
      entry.isVoid = /void/.test(entry.what);
      entry.nodes = entry.text.split(/[\s,|>]+/).map((word) => nodes.indexOf(word)).filter((node) => node >= 0);
      this.faults.push(entry);
    }
    this.addSplits();
  }

  /** Partitions that no line speaks of, as when an adversary in the workload makes them. */
  addSplits() {
    const { model } = this;
    const told = new Set(this.faults.map((fault) => fault.t));
    for (const span of model.partitions) {
      if (span.groups > 1 && !told.has(span.from.t)) {
        const groups = [];
        span.group.forEach((group, node) => (groups[group] = (groups[group] ? groups[group] + ',' : '') + model.nodes[node]));
        this.faults.push({ t: span.from.t, e: span.from.e, what: 'partition', text: 'split ' + groups.join(' | '), nodes: [] });
      }
    }
    this.faults.sort((a, b) => a.t - b.t || a.e - b.e);
  }
}
