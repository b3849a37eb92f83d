using CsCheck;
using SynapseFs.Testing.Reference;
using SynapseFs.Vfs;

namespace SynapseFs.Conformance;

/// <summary>Random sequences of steps: few names, few open files and telling lengths, so that what happens meets what happened.</summary>
public static class TreeSteps
{
    // Around a page, what the cache keeps whole (64 KiB) and a block (128 KiB).
    private static readonly Gen<int> Lengths = Gen.Frequency(
        (4, Gen.Const(0)), (4, Gen.OneOf(1, 100, 4096, 5000)), (5, Gen.OneOf(65_536, 70_000, 131_072, 140_000, 300_000)));

    private static readonly Gen<int> Counts = Gen.OneOf(1, 10, 100, 4096, 65_536, 66_000, 131_072);
    private static readonly Gen<int> Slots = Gen.Int[0, 2];
    private static readonly Gen<int> Fills = Gen.Int[1, 250];
    // The last two are what editors call a backup of the first; the very last stays on this machine.
    private static readonly Gen<string> Names = Gen.Frequency((6, "a"), (5, "b"), (5, "c"), (1, "a.bak"), (1, "a~"));

    private static readonly Gen<string> Paths = Gen.Frequency(
        (6, Names),
        (3, Gen.Select(Names, Names, (parent, name) => $"{parent}/{name}")),
        (1, Gen.Select(Names, Names, Names, (above, parent, name) => $"{above}/{parent}/{name}")));

    private static readonly Gen<OpenMode> Modes = Gen.Frequency(
        (3, Gen.Const(OpenMode.Read)),
        (8, Gen.Const(OpenMode.ReadWrite)),
        (1, Gen.Const(OpenMode.Write)),
        (3, Gen.Const(OpenMode.ReadWrite | OpenMode.Truncate)),
        (3, Gen.Const(OpenMode.ReadWrite | OpenMode.Append)));

    private static readonly Gen<AllocateMode> Allocations = Gen.OneOf(
        AllocateMode.Reserve,
        AllocateMode.KeepLength,
        AllocateMode.PunchHole | AllocateMode.KeepLength,
        AllocateMode.ZeroRange,
        AllocateMode.ZeroRange | AllocateMode.KeepLength);

    /// <summary>One step of any kind.</summary>
    public static readonly Gen<TreeStep> Any = Gen.Frequency<TreeStep>(
        (8, Gen.Select(Slots, Paths, Modes, (slot, path, mode) => new OpenStep(slot, path, mode, Creates: false))),
        (12, Gen.Select(Slots, Paths, Modes, (slot, path, mode) => new OpenStep(slot, path, mode | OpenMode.Write, Creates: true))),
        (2, Gen.Select(Slots, Paths, (slot, path) => new OpenStep(slot, path, OpenMode.ReadWrite | OpenMode.Exclusive, Creates: true))),
        (22, Gen.Select(Slots, Lengths, Counts, Fills, (slot, offset, count, fill) => new WriteStep(slot, offset, count, fill))),
        (6, Gen.Select(Slots, Lengths, Counts, (slot, offset, count) => new ReadStep(slot, offset, count))),
        (8, Slots.Select(slot => new CloseStep(slot))),
        (3, Gen.Select(Paths, Lengths, (path, length) => new TruncateStep(path, length))),
        (3, Gen.Select(Slots, Lengths, (slot, length) => new TruncateOpenStep(slot, length))),
        (5, Gen.Select(Slots, Lengths, Counts, Allocations, (slot, offset, length, mode) => new AllocateStep(slot, offset, length, mode))),
        (4, Gen.Select(Slots, Lengths, Slots, Lengths, Counts, (source, sourceOffset, target, targetOffset, length) =>
            new CopyStep(source, sourceOffset, target, targetOffset, length))),
        (2, Gen.Select(Slots, Slots, (source, target) => new CopyStep(source, 0, target, 0, 1 << 20))),
        (2, Slots.Select(slot => new SyncStep(slot))),
        (7, Paths.Select(path => new MakeDirectoryStep(path))),
        (4, Paths.Select(path => new RemoveDirectoryStep(path))),
        (6, Paths.Select(path => new UnlinkStep(path))),
        (9, Gen.Select(Paths, Paths, (from, to) => new RenameStep(from, to, RenameMode.Replace))),
        (2, Gen.Select(Paths, Paths, (from, to) => new RenameStep(from, to, RenameMode.NoReplace))),
        (4, Gen.Select(Paths, Paths, (from, to) => new RenameStep(from, to, RenameMode.Exchange))),
        (4, Gen.Select(Paths, Counts, Fills, (path, count, fill) => new RemoteWriteStep(path, count, fill))),
        (1, Paths.Select(path => new RemoteMakeDirectoryStep(path))),
        (2, Paths.Select(path => new RemoteRemoveStep(path))),
        (2, Gen.Select(Paths, Paths, (from, to) => new RemoteMoveStep(from, to))),
        (3, Gen.Const<TreeStep>(new SettleStep())),
        (2, Gen.Const<TreeStep>(new ForgetStep())),
        (3, Gen.Bool.Select(emptyCache => new RemountStep(emptyCache))));

    /// <summary>A sequence of so many steps at most.</summary>
    public static Gen<TreeStep[]> UpTo(int most) => Any.Array[1, most];
}
