using SynapseFs.Cli.Control;
using SynapseFs.Cli.Tests.Control;
using SynapseFs.Cli.Waiting;
using SynapseFs.Core;

namespace SynapseFs.Cli.Tests.Waiting;

internal sealed class PendingTextTests
{
    [TestCase(0, 0, 0L, "0")]
    [TestCase(3, 0, 0L, "3")]
    [TestCase(3, 0, 2048L, "3 (2 KiB)")]
    [TestCase(3, 1, 2048L, "4 (2 KiB), 1 blocked")]
    [TestCase(0, 2, 0L, "2, 2 blocked")]
    public void A_mount_is_summed_up_in_a_cell(int waiting, int blocked, long bytes, string expected) =>
        Assert.That(PendingText.Cell(new PendingSummary(waiting, blocked, 5, bytes)), Is.EqualTo(expected));

    [Test]
    public void A_mount_that_does_not_tell_has_an_empty_cell() => Assert.That(PendingText.Cell(null), Is.Empty);

    [Test]
    public void Progress_is_a_line()
    {
        var pending = new PendingSummary(1, 4, 0, 0);

        Assert.That(PendingText.Of(new WaitProgress(pending, true, null)), Is.EqualTo("Sending 1 change …"));
        Assert.That(PendingText.Of(new WaitProgress(null, true, null)), Is.EqualTo("Sending changes …"));
        Assert.That(PendingText.Of(new WaitProgress(pending, false, "No\nroute.")), Is.EqualTo("Synapse is out of reach or in trouble (No route.); waiting with 1 change …"));
    }

    [Test]
    public void A_blocked_change_is_a_line_with_its_place_on_the_machine()
    {
        var item = ScriptedMount.Item(PendingState.Blocked, "/d/f", "May\nnot.");

        Assert.That(PendingText.Line("/mnt", item), Is.EqualTo("/mnt/d/f: new file: May not."));
        Assert.That(PendingText.PathOf("/mnt", item with { Path = "/" }), Is.EqualTo("/mnt"));
    }

    [TestCase(0L, 0L, "sending")]
    [TestCase(200L, 50L, "sending 25%")]
    [TestCase(200L, 500L, "sending 100%")]
    public void What_is_being_sent_tells_how_far_it_is(long bytes, long sent, string expected) =>
        Assert.That(PendingText.State(ScriptedMount.Item(PendingState.Sending) with { Bytes = bytes, SentBytes = sent }), Is.EqualTo(expected));
}
