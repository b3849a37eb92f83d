using System.Text;
using SynapseFs.Core.Providers;
using SynapseFs.Entities.Annotations;
using SynapseFs.Vfs;

namespace SynapseFs.Entities.Tests.Annotations;

internal sealed class EntityXattrsTests
{
    private static readonly Dictionary<string, string> Nothing = [];
    private readonly EntityXattrs _xattrs = new(EntityXattrNames.Local);

    [TestCase("user.species", XattrRole.Remote)]
    [TestCase("user.größe", XattrRole.Remote)]
    [TestCase("user.synapse.id", XattrRole.Fact)]
    [TestCase("user.synapse.anything", XattrRole.Fact)]
    [TestCase("user.%73ynapse.id", XattrRole.Remote)]
    [TestCase("user.synapses", XattrRole.Remote)]
    [TestCase("user.xdg.origin.url", XattrRole.Local)]
    [TestCase("user.DOSATTRIB", XattrRole.Local)]
    [TestCase("user.com.apple.FinderInfo", XattrRole.Local)]
    [TestCase("user.mime_type", XattrRole.Local)]
    [TestCase("user.", XattrRole.None)]
    [TestCase("security.selinux", XattrRole.None)]
    [TestCase("system.posix_acl_access", XattrRole.None)]
    [TestCase("trusted.x", XattrRole.None)]
    public void The_name_tells_what_an_attribute_is(string name, XattrRole role) => Assert.That(_xattrs.RoleOf(name), Is.EqualTo(role));

    [Test]
    public void The_list_of_what_stays_here_can_be_another()
    {
        var xattrs = new EntityXattrs(["user.mine.*"]);

        Assert.That(xattrs.RoleOf("user.mine.x"), Is.EqualTo(XattrRole.Local));
        Assert.That(xattrs.RoleOf("user.DOSATTRIB"), Is.EqualTo(XattrRole.Remote));
    }

    [TestCase("user.age", "7", "user.age = 7 as ")]
    [TestCase("user.age:string", "7", "user.age = 7 as STRING")]
    [TestCase("user.when:date", "2024-01-02", "user.when = 2024-01-02T00:00:00.000Z as TIMESTAMP_MS")]
    [TestCase("user.%73ynapse.id", "x", "user.%73ynapse.id = x as ")]
    public void What_is_set_is_understood(string name, string value, string expected)
    {
        var wanted = _xattrs.Check(name, Encoding.UTF8.GetBytes(value), Nothing);

        Assert.That($"{wanted.Name} = {wanted.Value} as {wanted.Form}", Is.EqualTo(expected));
    }

    [Test]
    public void Bytes_that_are_no_text_are_refused() => Assert.That(() => _xattrs.Check("user.a", [0xFF], Nothing), Fails(FsError.InvalidArgument));

    [Test]
    public void The_hundred_and_first_key_is_refused()
    {
        var present = Enumerable.Range(1, 100).ToDictionary(number => $"user.k{number}", _ => "x");
        present["user.synapse.id"] = "syn1";
        present["user.DOSATTRIB"] = "x";

        Assert.That(_xattrs.Check("user.k7", "y"u8, present).Name, Is.EqualTo("user.k7"));
        Assert.That(() => _xattrs.Check("user.more", "y"u8, present), Fails(FsError.NoSpace));
    }

    private static NUnit.Framework.Constraints.EqualConstraint<FsError> Fails(FsError error) =>
        Throws.InstanceOf<FsException>().With.Property(nameof(FsException.Error)).EqualTo(error);
}
