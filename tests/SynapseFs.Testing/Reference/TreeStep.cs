using System.Globalization;
using SynapseFs.Vfs;

namespace SynapseFs.Testing.Reference;

/// <summary>
/// One thing that a program, another person or the operator does to a tree. Paths are relative to the root; slots number the files
/// that the program has open. A step that makes no sense where it is met (a slot that is not open) does nothing.
/// </summary>
public abstract record TreeStep
{
    /// <summary>As the expression that makes it again, so that a counterexample can be pasted into a test.</summary>
    public sealed override string ToString()
    {
        var constructor = GetType().GetConstructors().Single();
        var values = constructor.GetParameters().Select(parameter => GetType().GetProperty(parameter.Name!)!.GetValue(this));
        return $"new {GetType().Name}({string.Join(", ", values.Select(Text))})";
    }

    private static string? Text(object? value) => value switch
    {
        string text => $"\"{text}\"",
        bool on => on ? "true" : "false",
        Enum flags => string.Join(" | ", flags.ToString().Split(", ").Select(flag => $"{flags.GetType().Name}.{flag}")),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    };
}

/// <summary>What the slot had open before is closed first.</summary>
public sealed record OpenStep(int Slot, string Path, OpenMode Mode, bool Creates) : TreeStep;

public sealed record CloseStep(int Slot) : TreeStep;

public sealed record ReadStep(int Slot, int Offset, int Count) : TreeStep;

/// <param name="Fill">Every byte that is written.</param>
public sealed record WriteStep(int Slot, int Offset, int Count, int Fill) : TreeStep;

public sealed record TruncateStep(string Path, int Length) : TreeStep;

public sealed record TruncateOpenStep(int Slot, int Length) : TreeStep;

public sealed record AllocateStep(int Slot, int Offset, int Length, AllocateMode Mode) : TreeStep;

public sealed record CopyStep(int Source, int SourceOffset, int Target, int TargetOffset, int Length) : TreeStep;

public sealed record SyncStep(int Slot) : TreeStep;

public sealed record MakeDirectoryStep(string Path) : TreeStep;

public sealed record RemoveDirectoryStep(string Path) : TreeStep;

public sealed record UnlinkStep(string Path) : TreeStep;

public sealed record RenameStep(string From, string To, RenameMode Mode) : TreeStep;

/// <summary>Somebody else makes a file, or gives one new bytes.</summary>
/// <remarks>As with everything that somebody else does: not before the remote side has everything.</remarks>
public sealed record RemoteWriteStep(string Path, int Count, int Fill) : TreeStep;

public sealed record RemoteMakeDirectoryStep(string Path) : TreeStep;

/// <summary>Somebody else deletes a file, or a directory with all that is in it.</summary>
public sealed record RemoteRemoveStep(string Path) : TreeStep;

/// <summary>Somebody else renames something, or moves a file, to a name that is free.</summary>
public sealed record RemoteMoveStep(string From, string To) : TreeStep;

/// <summary>What is open for writing is closed, and then time passes until the remote side has everything.</summary>
public sealed record SettleStep : TreeStep;

/// <summary>The kernel forgets everything that is not in use.</summary>
public sealed record ForgetStep : TreeStep;

/// <summary>All files are closed and the filesystem is mounted anew.</summary>
/// <param name="EmptyCache">Without the content that was cached.</param>
public sealed record RemountStep(bool EmptyCache) : TreeStep;
