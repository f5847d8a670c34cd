"""People in care: who they are, who pays, who cares for them."""
