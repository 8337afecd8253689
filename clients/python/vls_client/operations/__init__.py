"""Every operation of the service, by what it is about. Written from openapi.yaml; change that, and `make openapi`."""
