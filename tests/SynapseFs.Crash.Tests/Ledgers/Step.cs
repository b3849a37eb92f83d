namespace SynapseFs.Crash.Tests.Ledgers;

/// <summary>One change of a ledger that counts once it is acknowledged. Until then a crash may leave it done or not done.</summary>
internal abstract record Step
{
    public abstract void Apply(Tree tree);

    /// <summary>A file of that number under a free name: not sure to exist before it is closed.</summary>
    public sealed record Create(string Path, int Id) : Step
    {
        public override void Apply(Tree tree) => tree.Add(Path, new FileRecord(Id));
    }

    public sealed record MakeDirectory(string Path) : Step
    {
        public override void Apply(Tree tree) => tree.AddDirectory(Path);
    }

    /// <summary>Replaces what is there.</summary>
    public sealed record Rename(string From, string To) : Step
    {
        public override void Apply(Tree tree) => tree.Move(From, To);
    }

    /// <summary>A file or an empty directory.</summary>
    public sealed record Remove(string Path) : Step
    {
        public override void Apply(Tree tree) => tree.Remove(Path);
    }

    /// <summary>Close or fsync: all that was written counts.</summary>
    public sealed record Settle(int Id) : Step
    {
        public override void Apply(Tree tree) => tree.File(Id)?.Settle();
    }
}
