// What led to an event. Two answers: everything that can have had a part in it (Lamport's happened-before), and what
// decided it: messages, and earlier events of the same node that changed the same part of its state.

/** Bits of an event in a cone. */
const IN_PAST = 1;
const IN_DECISIVE = 2;

class Cone {
  constructor(model, tip) {
    this.tip = tip;
    this.member = new Uint8Array(model.events.count);
    this.size = 0;
    this.decisiveSize = 0;
    if (tip >= 0) {
      this.walkPast(model);
      this.walkDecisive(model);
    }
  }

  /** Node by node, everything before an event that is in the cone is in it too. */
  walkPast(model) {
    const reached = new Uint8Array(model.nodes.length);
    const { member } = this;
    member[this.tip] = IN_PAST;
    for (let i = this.tip; i >= 0; i--) {
      const node = model.events.node[i];
      if (!reached[node] && !member[i]) {
        continue;
      }
      reached[node] = 1;
      member[i] |= IN_PAST;
      this.size++;
      const m = model.delivered[i];
      if (m >= 0 && model.sendIndex[m] >= 0) {
        member[model.sendIndex[m]] |= IN_PAST;
      }
    }
  }

  /** For each part of each node's state: whether some later event of the cone rests on it. */
  walkDecisive(model) {
    const wanted = model.nodes.map(() => new Set());
    const { member } = this;
    const parts = partsOfEvents(model);
    member[this.tip] |= IN_DECISIVE;
    for (let i = this.tip; i >= 0; i--) {
      const node = model.events.node[i];
      const own = parts[i];
      let isIn = (member[i] & IN_DECISIVE) !== 0;
      if (own) {
        for (const part of own) {
          if (wanted[node].has(part)) {
            isIn = true;
          }
        }
      }
      if (!isIn) {
        continue;
      }
      member[i] |= IN_DECISIVE;
      this.decisiveSize++;
      const rests = own || protocolParts(model, i);
      rests.forEach((part) => wanted[node].add(part));
      const m = model.delivered[i];
      if (m >= 0 && model.sendIndex[m] >= 0) {
        member[model.sendIndex[m]] |= IN_DECISIVE;
      }
    }
  }

  has(index, isDecisive) {
    return index >= 0 && (this.member[index] & (isDecisive ? IN_DECISIVE : IN_PAST)) !== 0;
  }
}

/** The part of a state that a value belongs to: raft.term is of raft, members.n3.state of members. */
function partOf(name) {
  const dot = name.indexOf('.');
  return dot < 0 ? '' : name.slice(0, dot);
}

/** Which parts of its node's state each event changed; undefined for none. */
function partsOfEvents(model) {
  if (!model.parts) {
    model.parts = new Array(model.events.count);
    const { changes, parts } = model;
    for (let i = 0; i < changes.count; i++) {
      const index = changes.event[i] - model.first;
      if (index >= 0 && index < model.events.count && changes.node[i] === model.events.node[index]) {
        const part = partOf(changes.name[i]);
        if (!parts[index]) {
          parts[index] = [part];
        } else if (!parts[index].includes(part)) {
          parts[index].push(part);
        }
      }
    }
  }
  return model.parts;
}

/** For an event that changed nothing: the parts that other events of its kind of message change; all if there are none. */
function protocolParts(model, index) {
  const m = model.delivered[index];
  const key = m >= 0 ? 'p' + model.messages.protocol[m] : 's' + model.events.subject[index];
  if (!model.partsByKey) {
    model.partsByKey = new Map();
    partsOfEvents(model).forEach((parts, i) => {
      const d = model.delivered[i];
      const own = d >= 0 ? 'p' + model.messages.protocol[d] : 's' + model.events.subject[i];
      const counts = model.partsByKey.get(own) || new Map();
      parts.forEach((part) => counts.set(part, (counts.get(part) || 0) + 1));
      model.partsByKey.set(own, counts);
    });
  }
  const counts = model.partsByKey.get(key);
  if (counts && counts.size > 0) {
    return [[...counts.entries()].sort((a, b) => b[1] - a[1])[0][0]];
  }
  const all = new Set();
  for (const name of model.fields[model.events.node[index]].keys()) {
    all.add(partOf(name));
  }
  return all;
}

/** The steps that people want to read: transitions of the decisive events, newest first. */
function stepsTo(model, cone, most) {
  const steps = [];
  for (let i = cone.tip; i >= 0 && steps.length < most; i--) {
    if (cone.has(i, true)) {
      const lines = model.linesOf(i);
      if (lines.length > 0 || i === cone.tip) {
        steps.push({ index: i, lines });
      }
    }
  }
  return steps;
}
