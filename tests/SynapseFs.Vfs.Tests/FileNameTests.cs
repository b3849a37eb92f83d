namespace SynapseFs.Vfs.Tests;

internal sealed class FileNameTests
{
    [TestCase("a")]
    [TestCase("...")]
    [TestCase(" leading and trailing ")]
    [TestCase("ünï😀")]
    [TestCase("back\\slash\nnewline")]
    public void Whatever_a_directory_can_hold_is_a_name(string text) => Assert.That(FileName.Create(text).Value, Is.EqualTo(text));

    [TestCase("")]
    [TestCase(".")]
    [TestCase("..")]
    [TestCase("a/b")]
    [TestCase("a\0b")]
    public void What_no_directory_can_hold_is_refused(string text) =>
        Assert.That(() => FileName.Create(text), Throws.TypeOf<FsException>().With.Property("Error").EqualTo(FsError.InvalidArgument));

    [Test]
    public void Length_is_counted_in_bytes()
    {
        Assert.That(FileName.Create(new string('a', 1024)).Value, Has.Length.EqualTo(1024));
        Assert.That(() => FileName.Create(new string('ü', 513)), Throws.TypeOf<FsException>().With.Property("Error").EqualTo(FsError.NameTooLong));
    }

    [Test]
    public void Names_differ_by_case_and_by_composition()
    {
        Assert.That(FileName.Create("A"), Is.Not.EqualTo(FileName.Create("a")));
        Assert.That(FileName.Create("\u00e9"), Is.Not.EqualTo(FileName.Create("e\u0301")));
    }

    [Test]
    public void A_name_that_was_never_made_has_no_value() => Assert.That(() => default(FileName).Value, Throws.InvalidOperationException);
}
