using SynapseFs.Entities.Annotations;

namespace SynapseFs.Entities.Tests.Annotations;

internal sealed class AnnotationXattrsTests
{
    [TestCase("species", "user.species")]
    [TestCase("a,b_c.d", "user.a,b_c.d")]
    [TestCase("synapse", "user.synapse")]
    [TestCase("synapses.count", "user.synapses.count")]
    [TestCase("synapse.id", "user.%73ynapse.id")]
    public void A_key_becomes_a_users_attribute(string key, string expected) =>
        Assert.That(AnnotationXattrs.NameOf(key), Is.EqualTo(expected));

    [Test]
    public void A_key_that_no_attribute_can_be_named_after_is_left_out()
    {
        Assert.That(AnnotationXattrs.NameOf(new string('k', 250)), Is.Not.Null);
        Assert.That(AnnotationXattrs.NameOf(new string('k', 251)), Is.Null);
        Assert.That(AnnotationXattrs.NameOf(""), Is.Null);
    }
}
