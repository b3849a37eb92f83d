using SynapseFs.Client;
using SynapseFs.Vfs;

namespace SynapseFs.Entities.Tests;

internal sealed class SynapseErrorsTests
{
    [TestCase(SynapseFailure.NotFound, FsError.NotFound)]
    [TestCase(SynapseFailure.Forbidden, FsError.AccessDenied)]
    [TestCase(SynapseFailure.Unauthorized, FsError.NotSignedIn)]
    [TestCase(SynapseFailure.Offline, FsError.Offline)]
    [TestCase(SynapseFailure.Unavailable, FsError.Offline)]
    [TestCase(SynapseFailure.Throttled, FsError.Offline)]
    [TestCase(SynapseFailure.StaleEtag, FsError.Conflict)]
    [TestCase(SynapseFailure.Conflict, FsError.AlreadyExists)]
    [TestCase(SynapseFailure.NotSupported, FsError.NotSupported)]
    [TestCase(SynapseFailure.StorageRefused, FsError.AccessDenied)]
    [TestCase(SynapseFailure.StorageDown, FsError.StorageDown)]
    [TestCase(SynapseFailure.Unexpected, FsError.InputOutput)]
    public void Every_failure_has_its_error(SynapseFailure failure, FsError expected) =>
        Assert.That(SynapseErrors.ToFsError(failure), Is.EqualTo(expected));

    [Test]
    public void The_message_names_the_thing_and_keeps_the_services_words()
    {
        var call = Task.FromException<string>(new SynapseException(SynapseFailure.Forbidden, "You lack READ access."));

        var thrown = Assert.ThrowsAsync<FsException>(() => call.ForAsync("syn7"));

        Assert.That(thrown!.Message, Is.EqualTo("syn7: You lack READ access."));
    }

    [TestCase(SynapseFailure.NotFound)]
    [TestCase(SynapseFailure.Forbidden)]
    public async Task What_is_hidden_is_not_there_for_who_only_looks(SynapseFailure failure)
    {
        var call = Task.FromException<string>(new SynapseException(failure, "No."));

        Assert.That(await call.OrNullAsync("syn7"), Is.Null);
    }
}
