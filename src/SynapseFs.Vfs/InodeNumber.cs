namespace SynapseFs.Vfs;

/// <summary>
/// Names one filesystem object for as long as any kernel remembers it, and across remounts. Never zero; the root is 1.
/// The bytes behind one inode number change only by writes through this filesystem: remote content that was replaced
/// appears under a new number, so that a kernel may keep what it cached of the old one.
/// </summary>
public readonly record struct InodeNumber(ulong Value)
{
    public static readonly InodeNumber Root = new(1);

    public override string ToString() => Value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
