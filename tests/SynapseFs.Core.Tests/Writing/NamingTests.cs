using SynapseFs.Core.Sending;
using SynapseFs.Core.Writing;

namespace SynapseFs.Core.Tests.Writing;

public sealed class NamingTests
{
    private static readonly DateTimeOffset Day = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    [TestCase("reads.bam", ExpectedResult = "reads (conflict, ann, 2026-03-01).bam")]
    [TestCase("calls.vcf.gz", ExpectedResult = "calls (conflict, ann, 2026-03-01).vcf.gz")]
    [TestCase("README", ExpectedResult = "README (conflict, ann, 2026-03-01)")]
    [TestCase(".config", ExpectedResult = ".config (conflict, ann, 2026-03-01)")]
    [TestCase("v1.2 of everything that was ever", ExpectedResult = "v1.2 of everything that was ever (conflict, ann, 2026-03-01)")]
    public string The_second_name_tells_whose_and_when_and_keeps_the_extension(string name) =>
        ConflictNames.Of(name, "ann", Day, 256, _ => false);

    [Test]
    public void A_second_name_that_is_taken_is_counted_on()
    {
        var name = ConflictNames.Of("a.txt", "ann", Day, 256, candidate => !candidate.Contains('3', StringComparison.Ordinal) || !candidate.Contains(" 3)", StringComparison.Ordinal));

        Assert.That(name, Is.EqualTo("a (conflict, ann, 2026-03-01 3).txt"));
    }

    [Test]
    public void A_long_name_is_shortened_in_front()
    {
        var name = ConflictNames.Of(new string('x', 256 - 4) + ".txt", "ann", Day, 256, _ => false);

        Assert.That(name, Has.Length.EqualTo(256).And.EndsWith("(conflict, ann, 2026-03-01).txt"));
    }

    [TestCase("f.txt", "f.txt~")]
    [TestCase("f.txt", "f.txt.bak")]
    [TestCase("f.txt", "f.bak")]
    [TestCase("f.txt", "f.txt.~1~")]
    [TestCase("f.txt", "f.txt.orig")]
    public void Editors_backups_are_known(string name, string backup) => Assert.That(BackupNames.IsBackupOf(name, backup), Is.True);

    [TestCase("f.txt", "g.txt~")]
    [TestCase("f.txt", "f.txt")]
    [TestCase("f.txt", "f2.txt")]
    [TestCase("f.txt", "f.txt.gz")]
    [TestCase("results.csv", "results-old.csv")]
    public void Other_names_are_no_backups(string name, string other) => Assert.That(BackupNames.IsBackupOf(name, other), Is.False);

    [TestCase(".DS_Store", true)]
    [TestCase("._x", true)]
    [TestCase(".~lock.report.odt#", true)]
    [TestCase(".notes.txt.swp", true)]
    [TestCase("notes.txt~", true)]
    [TestCase("~$report.docx", true)]
    [TestCase(".Trash-1000", true)]
    [TestCase("swp", false)]
    [TestCase("report.docx", false)]
    [TestCase("a.swpa", false)]
    [TestCase("xDS_Store", false)]
    public void Names_by_the_list_stay_local(string name, bool isLocal) =>
        Assert.That(new LocalNames(LocalNames.Defaults).Contains(name), Is.EqualTo(isLocal));

    [Test]
    public void Another_list_replaces_the_first()
    {
        var names = new LocalNames(["*.tmp", "a?b"]);

        Assert.That(names.Contains("x.tmp"), Is.True);
        Assert.That(names.Contains("a.b"), Is.True);
        Assert.That(names.Contains("acd"), Is.False);
        Assert.That(names.Contains(".DS_Store"), Is.False);
    }

    [Test]
    public void What_fails_rests_twice_as_long_each_time_up_to_a_limit()
    {
        Assert.That(Backoff.After(1, isRefused: false, 0), Is.EqualTo(TimeSpan.FromSeconds(1)));
        Assert.That(Backoff.After(3, isRefused: false, 0), Is.EqualTo(TimeSpan.FromSeconds(4)));
        Assert.That(Backoff.After(99, isRefused: false, 0), Is.EqualTo(TimeSpan.FromSeconds(30)));
        Assert.That(Backoff.After(1, isRefused: true, 0), Is.EqualTo(TimeSpan.FromMinutes(1)));
        Assert.That(Backoff.After(99, isRefused: true, 1), Is.EqualTo(TimeSpan.FromMinutes(22.5)));
    }
}
