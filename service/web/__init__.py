"""What every request passes on its way in and out: pure ASGI, nothing that buffers a response."""
