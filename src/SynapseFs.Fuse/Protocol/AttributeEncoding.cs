using SynapseFs.Vfs;

namespace SynapseFs.Fuse.Protocol;

/// <summary>Attributes of the contract as the kernel's structures. Everything belongs to <paramref name="UserId"/>, who mounted.</summary>
internal readonly record struct AttributeEncoding(uint UserId, uint GroupId)
{
    private const uint SIfDirectory = 0x4000;
    private const uint SIfRegular = 0x8000;
    private const uint SIfLink = 0xa000;

    /// <summary>st_blksize. Small, because libraries that buffer by it (htslib) would fetch that much at every random access.</summary>
    private const uint PreferredBlock = 4096;

    /// <summary>What st_blocks counts, whatever the filesystem's own block.</summary>
    private const long StatBlock = 512;

    public FuseAttr ToAttr(Attributes attributes)
    {
        var (accessSeconds, accessNanoseconds) = FuseTime.Split(attributes.Accessed ?? attributes.Modified);
        var (modifySeconds, modifyNanoseconds) = FuseTime.Split(attributes.Modified);
        var (changeSeconds, changeNanoseconds) = FuseTime.Split(ChangedOf(attributes));
        return new FuseAttr
        {
            Inode = attributes.Inode.Value,
            Length = (ulong)attributes.Length,
            Blocks = BlocksOf(attributes),
            AccessSeconds = accessSeconds,
            AccessNanoseconds = accessNanoseconds,
            ModifySeconds = modifySeconds,
            ModifyNanoseconds = modifyNanoseconds,
            ChangeSeconds = changeSeconds,
            ChangeNanoseconds = changeNanoseconds,
            Mode = ModeOf(attributes),
            LinkCount = attributes.LinkCount,
            UserId = UserId,
            GroupId = GroupId,
            BlockSize = PreferredBlock,
        };
    }

    public EntryOut ToEntry(in Entry entry)
    {
        var (seconds, nanoseconds) = FuseTime.Split(entry.Validity);
        var (attrSeconds, attrNanoseconds) = FuseTime.Split(BelievedOf(entry));
        return new EntryOut
        {
            NodeId = entry.Attributes.Inode.Value,
            EntryValidSeconds = seconds,
            EntryValidNanoseconds = nanoseconds,
            AttrValidSeconds = attrSeconds,
            AttrValidNanoseconds = attrNanoseconds,
            Attr = ToAttr(entry.Attributes),
        };
    }

    public AttrOut ToAttrOut(in Entry entry)
    {
        var (seconds, nanoseconds) = FuseTime.Split(BelievedOf(entry));
        return new AttrOut(seconds, nanoseconds, 0, ToAttr(entry.Attributes));
    }

    public StatxOut ToStatx(in Entry entry)
    {
        var attributes = entry.Attributes;
        var (seconds, nanoseconds) = FuseTime.Split(BelievedOf(entry));
        return new StatxOut
        {
            ValidSeconds = seconds,
            ValidNanoseconds = nanoseconds,
            Mask = StatxOut.BasicStats | (attributes.Created == default ? 0 : StatxOut.BirthTime),
            BlockSize = PreferredBlock,
            LinkCount = attributes.LinkCount,
            UserId = UserId,
            GroupId = GroupId,
            Mode = (ushort)ModeOf(attributes),
            Inode = attributes.Inode.Value,
            Length = (ulong)attributes.Length,
            Blocks = BlocksOf(attributes),
            Accessed = FuseTime.ToStatx(attributes.Accessed ?? attributes.Modified),
            Created = attributes.Created == default ? default : FuseTime.ToStatx(attributes.Created),
            Changed = FuseTime.ToStatx(ChangedOf(attributes)),
            Modified = FuseTime.ToStatx(attributes.Modified),
        };
    }

    public static uint TypeBits(NodeType type) => type switch
    {
        NodeType.Directory => SIfDirectory,
        NodeType.SymbolicLink => SIfLink,
        _ => SIfRegular,
    };

    // What is not known is over at once: the kernel asks for it before it shows or uses it (native-notes/kernel-caches.md).
    private static TimeSpan BelievedOf(in Entry entry) => entry.IsProvisional ? TimeSpan.Zero : entry.Validity;

    private static uint ModeOf(Attributes attributes) => TypeBits(attributes.Type) | (uint)attributes.Permissions;

    private static DateTimeOffset ChangedOf(Attributes attributes) =>
        attributes.Changed == default ? attributes.Modified : attributes.Changed;

    private static ulong BlocksOf(Attributes attributes)
    {
        var bytes = attributes.AllocatedLength < 0 ? attributes.Length : attributes.AllocatedLength;
        return (ulong)((bytes + StatBlock - 1) / StatBlock);
    }
}
