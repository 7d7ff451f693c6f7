raise RuntimeError("this script cannot be imported")
