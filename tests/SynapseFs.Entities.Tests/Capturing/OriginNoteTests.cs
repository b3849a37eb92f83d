using SynapseFs.Core.Providers;
using SynapseFs.Entities.Capturing;
using SynapseFs.Vfs;

namespace SynapseFs.Entities.Tests.Capturing;

internal sealed class OriginNoteTests
{
    private static readonly OriginNote Note = new()
    {
        Commands = ["paste a b"],
        Sources = [new OriginSource { Id = "syn9", Version = 2 }, new OriginSource { Inode = 7, Unsent = 3, Path = "/a" }],
    };

    [Test]
    public void A_note_comes_back_as_it_was()
    {
        var text = Note.ToText()!;

        Assert.That(OriginNote.IsOpen(text), Is.True);
        Assert.That(OriginNote.Parse(text).ToText(), Is.EqualTo(text));
        Assert.That(OriginNote.Parse("no note").Sources, Is.Empty);
    }

    [Test]
    public void What_was_sent_is_told_by_its_version()
    {
        var node = new RemoteNode(EntityKinds.File, "syn5", "a", "4@1700000000000");
        var sent = Note.With(new ContentFate(new InodeNumber(7), 3, node, null));

        Assert.That(Text(sent), Is.EqualTo("syn5.4 syn9.2"));
        Assert.That(OriginNote.IsOpen(sent.ToText()!), Is.False);
    }

    [TestCase(7ul, 2)]
    [TestCase(8ul, 3)]
    public void Another_content_is_another(ulong inode, long number) => Assert.That(
        Note.With(new ContentFate(new InodeNumber(inode), number, null, null)), Is.SameAs(Note));

    [Test]
    public void What_is_gone_is_told_by_what_it_was_made_from()
    {
        var origin = new OriginNote { Commands = ["sort x > a"], Sources = [new OriginSource { Id = "syn3", Version = 1 }] };
        var without = Note.With(new ContentFate(new InodeNumber(7), long.MaxValue, null, origin.ToText()));

        Assert.That(Text(without), Is.EqualTo("syn3.1 syn9.2"));
        Assert.That(Text(Note.With(new ContentFate(new InodeNumber(7), 3, null, null))), Is.EqualTo("syn9.2"));
    }

    [Test]
    public void Nothing_used_is_no_activity_and_what_was_executed_is_not_used_as_well()
    {
        var both = new OriginNote
        {
            Sources = [new OriginSource { Id = "syn3", Version = 1 }, new OriginSource { Id = "syn3", Version = 1, IsExecuted = true }],
        };

        Assert.That(new OriginNote { Commands = ["date"] }.ToText(), Is.Null);
        Assert.That(both.ToActivity()!.Used!.Single().WasExecuted, Is.True);
    }

    private static string Text(OriginNote note) =>
        string.Join(' ', note.ToActivity()!.Used!.Select(item => $"{item.Reference!.TargetId}.{item.Reference.TargetVersionNumber}"));
}
