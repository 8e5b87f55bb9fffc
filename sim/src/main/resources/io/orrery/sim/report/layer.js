// What all layers of the diagram share: where things are, and what they are drawn with.

class Layer {
  constructor(scene) {
    this.scene = scene;
    this.view = scene.view;
    this.model = scene.model;
    this.context = scene.context;
  }

  get width() {
    return this.scene.width;
  }

  get height() {
    return this.scene.height;
  }

  get lane() {
    return this.scene.lane;
  }

  get colours() {
    return this.view.colours;
  }

  x(u) {
    return this.scene.x(u);
  }

  place(t, e) {
    return this.view.isOrder ? e : t;
  }

  eventU(i) {
    return this.scene.eventU(i);
  }

  laneY(node) {
    return this.scene.laneY(node);
  }

  /** Something drawn that can be pointed at: a box with a text, or a message's line. */
  addHit(hit) {
    this.scene.hits.push(hit);
  }
}
