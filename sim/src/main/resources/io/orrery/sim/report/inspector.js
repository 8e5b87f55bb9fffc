// The inspector: the cluster at the cursor, or the chosen event with its causes and the state it left behind.

/** What most protocols have, by the names of their values; a column that no node has is left out. */
const CLUSTER_COLUMNS = [
  { name: 'role', pattern: /(^|\.)role$/i },
  { name: 'term', pattern: /(^|\.)term$/i },
  { name: 'log', pattern: /(^|\.)last$/i },
  { name: 'commit', pattern: /(^|\.)commit(ted)?$/i },
  { name: 'members', pattern: /^members\.[^.]+\.state$/, sum: (values) => values.filter((value) => value === 'ALIVE').length + '/' + values.length, title: 'alive, of those it knows' },
  { name: 'routes', pattern: /^routes\./, sum: (values) => String(values.reduce((total, value) => total + Number(value), 0)) },
];

class Inspector {
  constructor(view) {
    this.view = view;
    this.model = view.model;
    this.box = document.getElementById('inspector');
    this.open = new Set(['raft', '']);
    this.fields = new Map();
  }

  show() {
    const { selected } = this.view;
    const scroll = selected < 0 && this.wasRun ? this.box.scrollTop : 0;
    this.wasRun = selected < 0;
    this.box.replaceChildren();
    if (selected < 0) {
      this.showRun();
    } else {
      this.showEvent(selected);
    }
    this.box.scrollTop = scroll;
  }

  /** Nothing is chosen: the state of all nodes at the cursor, and what to do. */
  showRun() {
    const { model, view } = this;
    const t = view.cursor === null ? model.end : view.timeOf(view.cursor);
    const index = lowerBound(model.events.t, t + 1) - 1;
    this.box.append(element('h2', '', 'The cluster', element('small', '', 'at ' + timeText(t))));
    if (model.facts.verdict !== 'ok') {
      this.box.append(element('p', 'claim', model.facts.failure), this.para(link('go to the failure', () => view.toFailure())));
    }
    this.box.append(element('h3', '', 'Nodes'), this.clusterTable(index, t));
    const split = model.partitions.find((span) => span.from.t <= t && t < span.to.t);
    if (split && split.groups > 1) {
      const groups = [];
      split.group.forEach((group, node) => {
        groups[group] = (groups[group] ? groups[group] + ' ' : '') + model.nodes[node];
      });
      this.box.append(element('h3', '', 'Partition'), element('p', '', groups.join('  |  ')));
    }
    if (view.cursor !== null || model.eventsAfter === 0) {
      this.box.append(element('h3', '', 'State of each'));
      model.nodes.forEach((name, node) => this.box.append(this.nodeDetails(name, node, index)));
    }
    this.box.append(element('p', 'hint', 'Choose an event on a lane, or a line of the log, to see what it did, what state it left behind, and what led to it. Press ? for keys.'));
  }

  /** All nodes side by side: what most protocols have, and each node's last event. */
  clusterTable(index, t) {
    const { model, view } = this;
    const columns = CLUSTER_COLUMNS.filter((column) => model.nodes.some((_, node) => this.field(node, column)));
    const table = element('table', 'state cluster');
    const head = element('tr', '', element('th', '', 'node'));
    columns.forEach((column) => {
      const th = element('th', '', column.name);
      th.title = column.title || '';
      head.append(th);
    });
    table.append(head);
    model.nodes.forEach((name, node) => {
      const row = element('tr');
      const at = model.lastOn(node, index);
      const life = model.lifeAt(node, t);
      const label = element('td');
      label.append(at >= 0 ? link(name, () => view.select(at)) : name);
      label.title = at >= 0 ? 'its last event: #' + numberText(model.events.number[at]) : '';
      row.append(label);
      columns.forEach((column, k) => {
        const value = life === 'down' ? null : this.clusterValue(node, column, index);
        const text = k === 0 && life !== 'up' ? life : value === null ? '–' : value.toLowerCase().replaceAll('_', ' ');
        row.append(element('td', k === 0 && life !== 'up' ? life : '', text));
      });
      table.append(row);
    });
    return table;
  }

  clusterValue(node, column, index) {
    if (!column.sum) {
      const now = this.model.valueAt(this.field(node, column), index);
      return now ? now.value : null;
    }
    const values = [];
    for (const [name, field] of this.model.fields[node]) {
      const now = column.pattern.test(name) ? this.model.valueAt(field, index) : null;
      if (now) {
        values.push(now.value);
      }
    }
    return values.length > 0 ? column.sum(values) : null;
  }

  field(node, column) {
    const key = column.name + node;
    if (!this.fields.has(key)) {
      this.fields.set(key, this.model.fieldNamed(node, column.pattern));
    }
    return this.fields.get(key);
  }

  /** A node's whole state at the cursor, made when it is unfolded. */
  nodeDetails(name, node, index) {
    const box = element('details', 'node');
    const key = 'node ' + name;
    const fill = () => {
      const values = this.model.stateAt(node, index);
      box.append(values.length > 0 ? this.stateTable('', values, index) : element('p', 'hint', 'nothing is known of it here'));
    };
    const summary = element('summary', '', name);
    summary.addEventListener('click', () => {
      if (box.open) {
        this.open.delete(key);
      } else {
        this.open.add(key);
        if (box.children.length === 1) {
          fill();
        }
      }
    });
    box.append(summary);
    if (this.open.has(key)) {
      box.open = true;
      fill();
    }
    return box;
  }

  para(...children) {
    return element('p', '', ...children);
  }

  showEvent(index) {
    const { model, view } = this;
    const { events } = model;
    const node = events.node[index];
    this.box.append(
      element('h2', '', model.titleOf(index)),
      element('p', 'hint', `${model.nodes[node]} · event #${numberText(events.number[index])} · ${timeText(events.t[index], 9)}`),
    );
    if (index === model.failureIndex) {
      this.box.append(element('h3', '', model.facts.verdict + ' broken here'), element('p', 'claim', model.facts.failure));
    }
    this.showCause(index);
    this.showDone(index);
    if (view.cone) {
      this.showSteps();
    }
    this.showState(node, index);
  }

  showCause(index) {
    const { model, view } = this;
    const m = model.delivered[index];
    if (m >= 0) {
      const { messages } = model;
      const send = model.sendIndex[m];
      const kind = model.kinds[messages.kind[m]];
      const late = spanText(model.events.t[index] - messages.t[m]);
      this.box.append(element('h3', '', 'Delivers'));
      this.box.append(this.bodyOf(m));
      const from = send >= 0 ? link('#' + numberText(model.events.number[send]), () => view.select(send)) : 'before the recording';
      this.box.append(element('p', 'hint', `sent by ${model.nodes[messages.from[m]]} ${late} before, in `, from,
        ` · ${kind.family}${messages.group[m] ? ' group ' + messages.group[m] : ''} · ${messages.stream[m] ? 'stream' : 'datagram'} · ${messages.bytes[m]} bytes`));
      if (model.arrival[m] !== index) {
        this.box.append(element('p', 'hint', 'A duplicate: it has arrived before.'));
      }
    } else if (model.events.message[index] > 0) {
      this.box.append(element('p', 'hint', 'Delivers a message that was sent long before the recording.'));
    }
    const before = model.lastOn(model.events.node[index], index - 1);
    if (before >= 0) {
      this.box.append(element('p', 'hint', 'the node’s event before: ', link(model.titleOf(before), () => view.select(before)),
        ', ' + spanText(model.events.t[index] - model.events.t[before]) + ' earlier'));
    }
  }

  /** A record's text with names and values told apart. */
  bodyOf(m) {
    const body = element('div', 'body');
    body.style.setProperty('--c', this.model.kinds[this.model.messages.kind[m]].colour);
    const text = this.model.messages.body[m];
    let last = 0;
    for (const match of text.matchAll(/([A-Za-z_]\w*)=/g)) {
      body.append(...this.view.marked(text.slice(last, match.index)), element('i', '', match[1] + '='));
      last = match.index + match[0].length;
    }
    body.append(...this.view.marked(text.slice(last)));
    return body;
  }

  showDone(index) {
    const { model, view } = this;
    const { lines, messages } = model;
    const list = element('ol');
    for (const line of model.linesOf(index)) {
      const item = element('li', '', element('b', '', (lines.scope[line] ? lines.scope[line] + ' ' : '') + lines.what[line]));
      item.append(element('code', '', ...view.marked(lines.why[line])));
      list.append(item);
    }
    for (const mark of model.marksOf(index)) {
      list.append(element('li', '', element('small', '', 'mark '), model.marks.mark[mark]));
    }
    for (const m of model.sends(index)) {
      const to = model.nodes[messages.to[m]];
      const arrival = model.arrival[m];
      const item = element('li', '', 'sends ' + model.kinds[messages.kind[m]].name + ' to ' + to + ' ');
      if (arrival >= 0) {
        item.append(link('#' + numberText(model.events.number[arrival]), () => view.select(arrival)), element('small', '', ' after ' + spanText(model.events.t[arrival] - messages.t[m])));
        item.addEventListener('click', () => view.select(arrival));
      } else {
        const word = messages.loss[m] || 'still under way at the end';
        const lost = element('small', '', word);
        lost.style.color = messages.loss[m] ? 'var(--bad)' : '';
        item.append(lost);
      }
      item.title = messages.body[m];
      list.append(item);
    }
    if (list.children.length > 0) {
      this.box.append(element('h3', '', 'In this event'), list);
    }
  }

  showSteps() {
    const { model, view } = this;
    const { cone } = view;
    const share = view.isDecisive ? cone.decisiveSize : cone.size;
    const steps = stepsTo(model, cone, 16);
    this.box.append(element('h3', '', cone.tip === model.failureIndex ? 'What led to the failure' : 'What led to #' + numberText(model.events.number[cone.tip])));
    this.box.append(element('p', 'hint', `${numberText(share)} of ${numberText(model.events.count)} events ${view.isDecisive ? 'decided it' : 'happened before it'}; transitions, newest first:`));
    const list = element('ol');
    for (const step of steps) {
      const { index } = step;
      const item = element('li', index === cone.tip ? 'tip' : '');
      const back = model.events.t[cone.tip] - model.events.t[index];
      item.append(element('b', '', model.nodes[model.events.node[index]] + ' '), element('small', '', index === cone.tip ? 'here' : back === 0 ? 'at once' : '−' + spanText(back)));
      item.append(element('code', '', step.lines.map((l) => model.lines.what[l] + ' ' + model.lines.why[l]).join('; ') || model.titleOf(index)));
      item.addEventListener('click', () => view.select(index, true));
      list.append(item);
    }
    this.box.append(list);
  }

  showState(node, index) {
    const { model } = this;
    const state = model.stateAt(node, index);
    if (state.length === 0) {
      return;
    }
    this.box.append(element('h3', '', 'State of ' + model.nodes[node] + ' after this event'));
    const parts = new Map();
    for (const value of state) {
      const part = partOf(value.name);
      if (!parts.has(part)) {
        parts.set(part, []);
      }
      parts.get(part).push(value);
    }
    for (const [part, values] of parts) {
      const fresh = values.filter((value) => value.isNew).length;
      const box = element('details');
      box.open = this.open.has(part) || fresh > 0;
      const note = fresh > 0 ? ` · ${fresh} changed` : ` · ${values.length}`;
      const summary = element('summary', '', (part || 'node') + note);
      summary.addEventListener('click', () => (box.open ? this.open.delete(part) : this.open.add(part)));
      box.append(summary, this.stateTable(part, values, index));
      this.box.append(box);
    }
  }

  stateTable(part, values, index) {
    const { model, view } = this;
    const table = element('table', 'state');
    for (const value of values) {
      const row = element('tr', value.isNew ? 'new' : '');
      const shown = element('td');
      if (value.isNew && value.before !== null) {
        shown.append(element('del', '', value.before));
      }
      shown.append(...view.marked(value.value === '' ? '–' : value.value));
      const since = element('td');
      if (value.isNew) {
        since.append('now');
      } else if (value.since >= 0) {
        since.append(link('−' + spanText(model.events.t[index] - model.events.t[value.since]), () => view.select(value.since)));
        since.title = 'set by event #' + numberText(model.events.number[value.since]);
      }
      row.append(element('td', '', part === '' ? value.name : value.name.slice(part.length + 1)), shown, since);
      table.append(row);
    }
    return table;
  }
}
