using SynapseFs.Vfs;

namespace SynapseFs.Core.Providers;

/// <summary>
/// Watches which programs read and write what, and says what is to be remembered of how a content came about. Its notes are words of its own: the
/// engine keeps each with the change that it belongs to, also through a crash, and hands it to the provider with the content. Called while
/// programs wait, from many threads: quick, without calls, and never failing.
/// </summary>
public abstract class ContentWitness
{
    /// <summary>A name; where a directory has something of that name, no note is asked for in it and below.</summary>
    public abstract string OptOutName { get; }

    /// <summary>Whether any program is watched at all; asked at every open.</summary>
    public abstract bool IsWatching { get; }

    /// <summary>A program opens a file.</summary>
    /// <returns>For <see cref="Closed"/>; null: nothing is to be told of it.</returns>
    public abstract object? Opened(Caller caller, WitnessedContent content, OpenMode mode);

    /// <summary>A program is about to close it, and waits; maybe not for the last time.</summary>
    public abstract ValueTask ClosingAsync(object opened);

    public abstract void Closed(object opened);

    /// <summary>A program has changed a name, or what is told of what bears it.</summary>
    /// <param name="path">From the mount's root, beginning with '/'.</param>
    public abstract void Changed(Caller caller, string path);

    /// <summary>A process begins to write into a file; told once for each that does through one handle.</summary>
    public abstract void Written(Caller caller, InodeNumber inode);

    /// <summary>Nobody has the file open for writing any more.</summary>
    public abstract void EndWriting(InodeNumber inode);

    /// <summary>What is to be remembered of the content that is just being saved; null: nothing.</summary>
    /// <param name="earlier">What was noted of an unsent content that shows in this one; null: nothing.</param>
    public abstract string? NoteOf(InodeNumber inode, string? earlier);

    /// <summary>The nodes with contents not yet remote that a note speaks of.</summary>
    public abstract IReadOnlyCollection<InodeNumber> Awaits(string note);

    /// <summary>It became known what came of a content, for what is not noted yet.</summary>
    public abstract void Learn(ContentFate fate);

    /// <summary>The note with that put in its place.</summary>
    public abstract string Amend(string note, ContentFate fate);
}

/// <summary>A file as somebody opens it.</summary>
/// <param name="Node">The remote thing whose content it is, with the revision that has this content.</param>
/// <param name="Path">From the mount's root, beginning with '/'.</param>
/// <param name="Unsent">The number of the content where it is not remote yet; null where it is.</param>
public sealed record WitnessedContent(InodeNumber Inode, RemoteNode Node, string Path, long? Unsent);

/// <summary>What came of a content that was not remote yet.</summary>
/// <param name="Inode">The node that had it.</param>
/// <param name="UpTo">Its number; earlier ones of the same node went with it.</param>
/// <param name="Node">The remote thing with the revision that has it; null: it never became remote and is gone.</param>
/// <param name="Note">For one that is gone: how it had come about.</param>
public sealed record ContentFate(InodeNumber Inode, long UpTo, RemoteNode? Node, string? Note);
