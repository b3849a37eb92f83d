// Kills at chosen moments need the machine to themselves.
[assembly: NonParallelizable]
