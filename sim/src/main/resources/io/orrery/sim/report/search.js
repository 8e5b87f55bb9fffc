// Search over everything that is text: transitions, messages, marks, what events are about.

class Search {
  constructor(view) {
    this.view = view;
    this.model = view.model;
    this.input = document.getElementById('query');
    this.label = document.getElementById('found');
    let wait = 0;
    this.input.addEventListener('input', () => {
      clearTimeout(wait);
      wait = setTimeout(() => this.run(), 120);
    });
    this.input.addEventListener('keydown', (e) => {
      if (e.key === 'Enter') {
        this.step(e.shiftKey ? -1 : 1);
      } else if (e.key === 'Escape') {
        this.input.value = '';
        this.run();
        this.input.blur();
      }
    });
    document.getElementById('next').addEventListener('click', () => this.step(1));
    document.getElementById('previous').addEventListener('click', () => this.step(-1));
  }

  /** A number with a # before it is an event; all words must occur in any order. */
  run() {
    const { model, view } = this;
    const query = this.input.value.trim().toLowerCase();
    view.query = query;
    if (query === '') {
      view.found = null;
      this.label.textContent = '';
      view.refresh();
      return;
    }
    const hits = new Set();
    if (/^#[\d,]+$/.test(query)) {
      const index = model.indexOf(Number(query.replace(/[#,]/g, '')));
      if (index >= 0) {
        hits.add(index);
      }
    } else {
      this.collect(query.split(/\s+/), hits);
    }
    const list = [...hits].sort((a, b) => a - b);
    view.found = { list, events: hits };
    this.label.textContent = list.length === 0 ? 'none' : numberText(list.length) + (list.length === 1 ? ' event' : ' events');
    view.refresh();
  }

  collect(words, hits) {
    const { model } = this;
    const { events, messages, lines, marks, nodes } = model;
    const has = (text) => {
      const low = text.toLowerCase();
      return words.every((word) => low.includes(word));
    };
    const add = (index) => index >= 0 && index < events.count && hits.add(index);
    for (let i = 0; i < lines.count; i++) {
      const who = lines.node[i] === WORLD ? 'world' : nodes[lines.node[i]];
      if (has(who + ' ' + lines.scope[i] + ' ' + lines.what[i] + ' ' + lines.why[i])) {
        add(lines.event[i] - model.first);
      }
    }
    for (let i = 0; i < marks.count; i++) {
      if (has(nodes[marks.node[i]] + ' ' + marks.mark[i])) {
        add(marks.event[i] - model.first);
      }
    }
    for (let m = 0; m < messages.count; m++) {
      if (has(nodes[messages.from[m]] + '>' + nodes[messages.to[m]] + ' ' + messages.body[m] + ' ' + messages.loss[m])) {
        add(model.arrival[m] >= 0 ? model.arrival[m] : model.sendIndex[m]);
      }
    }
    for (let i = 0; i < events.count; i++) {
      if (model.delivered[i] < 0 && has(nodes[events.node[i]] + ' ' + events.kind[i] + ' ' + events.subject[i])) {
        hits.add(i);
      }
    }
  }

  step(direction) {
    const { view } = this;
    if (!view.found || view.found.list.length === 0) {
      return;
    }
    const { list } = view.found;
    const here = view.selected >= 0 ? view.selected : lowerBound(this.model.events.t, view.cursor === null ? view.timeOf(view.from) : view.timeOf(view.cursor)) - 1;
    let k = direction > 0 ? lowerBound(list, here + 1) : lowerBound(list, here) - 1;
    k = (k + list.length) % list.length;
    view.select(list[k], true);
    this.label.textContent = numberText(k + 1) + ' / ' + numberText(list.length);
  }
}
