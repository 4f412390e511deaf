"""Learning records: what happens here, told to a store of the school (an xAPI LRS or a Caliper endpoint)."""
