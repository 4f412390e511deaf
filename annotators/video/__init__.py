"""Video and sound: the axis is seconds."""
