"""The evaluator's parts in process, and as the zygote's child."""
