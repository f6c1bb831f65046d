"""Which service is meant by what an ingress controller writes."""
