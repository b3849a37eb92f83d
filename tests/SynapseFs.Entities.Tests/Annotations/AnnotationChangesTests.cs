using SynapseFs.Api;
using SynapseFs.Core.Providers;
using SynapseFs.Entities.Annotations;
using SynapseFs.Store;

namespace SynapseFs.Entities.Tests.Annotations;

internal sealed class AnnotationChangesTests
{
    [Test]
    public void Other_keys_stay_as_they_are()
    {
        var merged = Merge(new() { ["other"] = Long("1"), ["a"] = Long("2") }, new("3", null, "2"));

        Assert.That(merged!.Keys, Is.EquivalentTo(new[] { "other", "a" }));
        Assert.That(merged["a"].Value, Is.EqualTo(new[] { "3" }));
        Assert.That(merged["a"].Type, Is.EqualTo("LONG"));
    }

    [Test]
    public void What_is_so_already_is_no_change()
    {
        Assert.That(Merge(new() { ["a"] = Long("3") }, new("3", null, "2")), Is.Null);
        Assert.That(Merge([], new(null, null, "2")), Is.Null);
    }

    [Test]
    public void A_removed_key_goes() => Assert.That(Merge(new() { ["a"] = Long("2") }, new(null, null, "2")), Is.Empty);

    [Test]
    public void A_forced_type_changes_the_type_of_the_same_text() =>
        Assert.That(Merge(new() { ["a"] = Long("2") }, new("2", "STRING", "2"))!["a"].Type, Is.EqualTo("STRING"));

    [TestCase("1", "3", "7", "was changed to '7'")]
    [TestCase(null, "3", "7", "was changed to '7'")]
    [TestCase("1", null, "7", "its removal was not sent")]
    [TestCase("1", "3", null, "was removed")]
    public void What_somebody_else_changed_since_is_theirs(string? before, string? wanted, string? now, string words)
    {
        var present = new Dictionary<string, AnnotationsValue>();
        if (now is not null)
            present["a"] = Long(now);

        var refusal = Assert.Throws<ChangeRefusedException>(() => Merge(present, new(wanted, null, before)))!;

        Assert.That(refusal.Refusal, Is.EqualTo(ChangeRefusal.XattrsChanged));
        Assert.That(refusal.Xattrs, Is.EqualTo(new[] { "user.a" }));
        Assert.That(refusal.Message, Does.Contain(words));
    }

    [Test]
    public void What_was_not_known_when_it_was_set_is_replaced() =>
        Assert.That(Merge(new() { ["a"] = Long("7") }, new("3", null, null) { IsBaseKnown = false })!["a"].Value, Is.EqualTo(new[] { "3" }));

    private static Dictionary<string, AnnotationsValue>? Merge(Dictionary<string, AnnotationsValue> present, XattrChange change) =>
        AnnotationChanges.Merge(present, XattrChanges.None.With("user.a", change), "f");

    private static AnnotationsValue Long(string value) => new() { Type = "LONG", Value = [value] };
}
