"""The average face: the tracker's topology, its measured shape, where its eyes, ears and landmarks are."""
