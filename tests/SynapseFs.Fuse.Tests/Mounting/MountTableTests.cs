namespace SynapseFs.Fuse.Tests.Mounting;

public sealed class MountTableTests
{
    private const string Line = @"42 27 0:39 / /mnt/a\040b\134c ro,nosuid,nodev shared:7 master:1 - fuse.synapsefs My\040project rw,user_id=0";

    [Test]
    public void A_line_is_taken_apart_and_unescaped()
    {
        var entry = MountTable.Parse([Line]).Single();

        Assert.That(entry, Is.EqualTo(new MountTableEntry(@"/mnt/a b\c", "fuse.synapsefs", "My project", 0, 39, true)));
        Assert.That(entry.IsSynapseFs);
    }

    [TestCase("")]
    [TestCase("42 27 0:39 / /mnt ro,nosuid")]
    [TestCase("a b c d e f - g h")]
    public void A_line_that_makes_no_sense_is_passed_over(string line) => Assert.That(MountTable.Parse([line]), Is.Empty);

    [TestCase("fuse", true)]
    [TestCase("fuse.sshfs", true)]
    [TestCase("fuseblk", false)]
    [TestCase("ext4", false)]
    public void Fuse_is_known_by_its_type(string type, bool isFuse) =>
        Assert.That(new MountTableEntry("/m", type, "s", 0, 1, false).IsFuse, Is.EqualTo(isFuse));

    [Test]
    public void The_root_is_mounted() => Assert.That(MountTable.Find("/"), Is.Not.Null);

    [Test]
    public void A_path_through_a_link_is_found_where_it_leads()
    {
        var folder = Directory.CreateTempSubdirectory("synapsefs-test-").FullName;
        Directory.CreateDirectory(Path.Combine(folder, "real", "m"));
        Directory.CreateSymbolicLink(Path.Combine(folder, "link"), Path.Combine(folder, "real"));

        Assert.That(MountTable.Normalize(Path.Combine(folder, "link", "m") + "/"), Is.EqualTo(Path.Combine(folder, "real", "m")));

        Directory.Delete(folder, recursive: true);
    }
}
