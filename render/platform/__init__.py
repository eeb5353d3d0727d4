"""Windows and OpenGL contexts: the platform PyOpenGL binds to, events of a window, drawing without one."""
