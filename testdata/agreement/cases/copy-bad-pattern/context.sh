echo x > 'a[b-d'
